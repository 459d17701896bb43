using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary>What a daemon answered to <see cref="QuickStatus"/>.</summary>
/// <param name="Address">Where it was asked.</param>
/// <param name="Json">Its answer as it came, in UTF-8.</param>
/// <param name="Status">The same as a record.</param>
internal sealed record QuickStatusAnswer(string Address, byte[] Json, DaemonStatus Status);
