namespace Donmai.Core.Tests.Workareas;

/// <summary>Tests that measure this process: nothing else may run in it meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
