namespace Orleans.Runtime;

/// <summary>
/// Keys under which a host, in tests above all, gives a part of the engine a clock of its own; without one it has the host's.
/// The stand-in has only grains and messages to tell apart; the other keys are accepted.
/// </summary>
public static class TimeProviderNames
{
    /// <summary>Timers and everything that grains see.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Deadlines of calls.</summary>
    public const string Messaging = "Orleans.Messaging";

    public const string SystemTimers = "Orleans.SystemTimers";

    public const string Membership = "Orleans.Membership";

    public const string ActivationManagement = "Orleans.ActivationManagement";

    public const string GrainDirectory = "Orleans.GrainDirectory";
}
