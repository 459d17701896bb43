using Donmai.Daemon;

namespace Donmai.Grains.Daemon;

/// <summary>What a report has to know of the daemon's own state.</summary>
/// <param name="Machine">Its machine.</param>
/// <param name="State">Its published state.</param>
/// <param name="StartedAt">When it was started; <see langword="null"/> before that.</param>
internal sealed record ReportedDaemon(string Machine, DaemonState State, DateTimeOffset? StartedAt);
