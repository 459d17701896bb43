namespace Donmai.Worker.Sessions;

/// <summary>One process of an agent in <c>worker.json</c>.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Group">Process group.</param>
/// <param name="Provider">Provider it belongs to.</param>
/// <param name="StartedAt">When it was started.</param>
internal sealed record AgentProcessRecord(int Pid, int Group, string Provider, DateTimeOffset StartedAt);
