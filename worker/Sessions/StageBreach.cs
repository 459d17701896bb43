namespace Donmai.Worker.Sessions;

/// <summary>A cap of a stage was exceeded (worker.md §7.5).</summary>
/// <param name="Cap">Name of the cap.</param>
/// <param name="Reason"><see cref="ExitReason"/>.</param>
/// <param name="Detail">By how much.</param>
internal sealed record StageBreach(string Cap, string Reason, string Detail);
