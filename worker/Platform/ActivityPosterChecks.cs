namespace Donmai.Worker.Platform;

/// <summary>What a poster cannot work with.</summary>
internal static class ActivityPosterChecks
{
    private const int LeastText = 3;
    private const int LeastBody = 4 * 1024;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">Something is missing or out of its range; the message names it.</exception>
    public static void Check(ActivityPosterOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.SessionId), nameof(options.SessionId), "given");
        PlatformAddress.Check(options.PlatformUrl);
        Require(options.QueueSize >= 1, nameof(options.QueueSize), "at least 1");
        Require(options.MaxRetries >= 0, nameof(options.MaxRetries), "at least 0");
        Require(options.InitialBackoff >= TimeSpan.Zero, nameof(options.InitialBackoff), "no negative time");
        Require(options.MaxBackoff >= TimeSpan.Zero, nameof(options.MaxBackoff), "no negative time");
        Require(options.AttemptTimeout > TimeSpan.Zero, nameof(options.AttemptTimeout), "a positive time");
        Require(options.StopDrainTimeout >= TimeSpan.Zero, nameof(options.StopDrainTimeout), "no negative time");
        Require(options.MaxSummaryBytes >= LeastText, nameof(options.MaxSummaryBytes), "at least 3");
        Require(options.MaxOutputBytes >= LeastText, nameof(options.MaxOutputBytes), "at least 3");
        Require(options.MaxTextBytes >= LeastText, nameof(options.MaxTextBytes), "at least 3");
        Require(options.MaxBodyBytes >= LeastBody, nameof(options.MaxBodyBytes), "at least 4096");
    }

    private static void Require(bool holds, string what, string range)
    {
        if (!holds)
            throw new ArgumentException($"{what} must be {range}", nameof(what));
    }
}
