namespace Orleans.Runtime;

/// <summary>Values that flow with calls: what the caller sets, the grains it calls can read.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";

    private static readonly AsyncLocal<Dictionary<string, object>?> Current = new();

    public static IEnumerable<string> Keys => Current.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => Current.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
            {
                Remove(ReentrancyKey);
            }
            else
            {
                Set(ReentrancyKey, value);
            }
        }
    }

    /// <summary>Calls that come back along the call chain started in this section run inside the waiting call.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? Guid.NewGuid() : original);
    }

    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    public static object? Get(string key) => Current.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value)
    {
        var values = Current.Value is { } present ? new Dictionary<string, object>(present, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        values[key] = value;
        Current.Value = values;
    }

    public static bool Remove(string key)
    {
        if (Current.Value?.ContainsKey(key) != true)
        {
            return false;
        }

        var values = new Dictionary<string, object>(Current.Value, StringComparer.Ordinal);
        values.Remove(key);
        Current.Value = values.Count == 0 ? null : values;
        return true;
    }

    public static void Clear() => Import(null);

    /// <summary>The values as they are now; never changed afterwards.</summary>
    internal static Dictionary<string, object>? Export() => Current.Value;

    internal static void Import(Dictionary<string, object>? values)
    {
        if (!ReferenceEquals(Current.Value, values))
        {
            Current.Value = values;
        }
    }

    internal static Guid ReentrancyIdOf(Dictionary<string, object>? values) =>
        values is not null && values.TryGetValue(ReentrancyKey, out var id) && id is Guid guid ? guid : Guid.Empty;

    /// <summary>Ends what <see cref="AllowCallChainReentrancy"/> or <see cref="SuppressCallChainReentrancy"/> began.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _inside;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _inside = newReentrancyId;
            ReentrancyId = newReentrancyId;
            if (newReentrancyId != Guid.Empty)
            {
                (RuntimeContext.Current as Activation)?.Turns.EnterReentrantSection(newReentrancyId);
            }
        }

        public void Dispose()
        {
            if (_inside != Guid.Empty)
            {
                (RuntimeContext.Current as Activation)?.Turns.LeaveReentrantSection(_inside);
            }

            ReentrancyId = _original;
        }
    }
}
