using System.Collections.Immutable;

namespace Donmai.FakePlatform.Requests;

/// <summary>Everything that was received, in order of arrival; the last 20,000 requests are kept.</summary>
public sealed class RequestLog
{
    private const int Kept = 20_000;

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedRequest> _requests = new();
    private readonly Dictionary<long, ReceivedRequest> _current = [];
    private readonly List<(PathPattern Pattern, Func<ReceivedRequest, bool> Wanted, TaskCompletionSource<ReceivedRequest> Found)> _waiting = [];
    private long _last;

    /// <summary>How many there were.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>The requests whose path fits <paramref name="pathPattern"/> (<c>*</c> stands for any characters), the oldest first.</summary>
    public ImmutableList<ReceivedRequest> Matching(string? pathPattern = null)
    {
        var pattern = new PathPattern(pathPattern);
        lock (_gate)
            return [.. _requests.Select(Current).Where(request => pattern.Matches(request.Path))];
    }

    /// <summary>The first request, answered already or to come, that fits. Whoever waits says with <paramref name="cancellation"/> how long.</summary>
    public async Task<ReceivedRequest> First(string pathPattern, Func<ReceivedRequest, bool>? wanted = null, CancellationToken cancellation = default)
    {
        var pattern = new PathPattern(pathPattern);
        wanted ??= static _ => true;
        var found = new TaskCompletionSource<ReceivedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_requests.Select(Current).FirstOrDefault(request => request.Status is not null && pattern.Matches(request.Path) && wanted(request)) is { } already)
                return already;
            _waiting.Add((pattern, wanted, found));
        }

        return await found.Task.WaitAsync(cancellation);
    }

    internal long Arrived(ReceivedRequest request)
    {
        lock (_gate)
        {
            var numbered = request with { Number = ++_last };
            _requests.Enqueue(numbered);
            _current[numbered.Number] = numbered;
            if (_requests.Count > Kept)
                _current.Remove(_requests.Dequeue().Number);
            return numbered.Number;
        }
    }

    internal void Change(long number, Func<ReceivedRequest, ReceivedRequest> change)
    {
        lock (_gate)
        {
            if (!_current.TryGetValue(number, out var request))
                return;
            var changed = _current[number] = change(request);
            if (changed.Status is null)
                return;
            foreach (var waiting in _waiting.Where(entry => entry.Pattern.Matches(changed.Path) && entry.Wanted(changed)).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Found.TrySetResult(changed);
            }
        }
    }

    private ReceivedRequest Current(ReceivedRequest request) => _current[request.Number];
}
