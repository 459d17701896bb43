namespace Donmai.Core.Sessions;

/// <summary>The program that runs a session (daemon-runtime.md §9.2): the product's own <c>agent run</c>, or what an embedder put in its place.</summary>
/// <param name="Words">Program (absolute path) and arguments.</param>
/// <param name="IsOwnWorker">Whether it is the product's own worker, which keeps an exit record and an event log.</param>
public sealed record WorkerCommand(IReadOnlyList<string> Words, bool IsOwnWorker);
