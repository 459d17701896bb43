using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

/// <summary>What the host of a daemon has made before there are grains, for them to use.</summary>
/// <param name="Address">The bound control API.</param>
/// <param name="Program">What runs.</param>
/// <param name="Exit">How the daemon says that it is stopped.</param>
/// <param name="Former">The daemon before this one.</param>
/// <param name="Meter">What is measured.</param>
/// <param name="Logging">The log.</param>
internal sealed record DaemonParts(ControlAddress Address, ProgramIdentity Program, DaemonExit Exit, FormerLife Former, DaemonMeter Meter, ILoggerFactory Logging);
