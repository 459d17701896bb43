namespace Donmai.Core.Platform;

/// <summary>A claimed file of a <see cref="QueueDirectory"/>.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Work">What is in it.</param>
public sealed record QueuedWork(string Name, FetchedWork Work);
