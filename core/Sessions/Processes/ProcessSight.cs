namespace Donmai.Core.Sessions.Processes;

/// <summary>One process as the system shows it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Parent">Id of the parent.</param>
/// <param name="Session">Id of the session, which is that of its leader.</param>
/// <param name="Start">When it was started, in the system's own count; together with the process id and the boot it names the process.</param>
/// <param name="IsZombie">It has ended and waits to be collected.</param>
internal readonly record struct ProcessSight(int Pid, int Parent, int Session, ulong Start, bool IsZombie);
