namespace Donmai.Core.Platform;

/// <summary>Waits between attempts to register: from 1 s, doubling to 60 s, spread so that machines do not come all at once (platform-api.md §3).</summary>
/// <param name="random">Spreads them.</param>
public sealed class RegistrationBackoff(Random random)
{
    /// <summary>Wait after a refusal that another attempt alone will not change (platform-api.md §3).</summary>
    public static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    private int _failures;

    /// <summary>The wait after one more failure: at least what the orchestrator asks for, five minutes at most.</summary>
    /// <param name="asked">What the orchestrator asks for (<c>Retry-After</c>).</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        var whole = First * Math.Pow(2, Math.Min(_failures++, 16));
        var limited = whole < Longest ? whole : Longest;
        var wait = limited * (0.5 + (random.NextDouble() / 2));
        if (asked is not { } least || least <= wait)
            return wait;
        return least < LongestAsked ? least : LongestAsked;
    }

    /// <summary>It has succeeded.</summary>
    public void Reset() => _failures = 0;
}
