namespace Donmai.Core.Workareas.Restoring;

/// <summary>A restore whose copy is being made: its place and its session id are taken already.</summary>
/// <param name="Id">Id of the work area.</param>
/// <param name="IntoSessionId">Session id it is to have; empty for that of the archive.</param>
/// <param name="SizeBytes">Bytes of the regular files that are copied.</param>
internal sealed record RestoreInMaking(string Id, string IntoSessionId, long SizeBytes);
