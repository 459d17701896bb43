namespace Donmai.Worker.Tests;

/// <summary>Tests that measure the memory of the process: nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(Measured_alone), DisableParallelization = true)]
public sealed class Measured_alone;
