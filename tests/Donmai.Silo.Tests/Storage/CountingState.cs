
namespace Donmai.Silo.Tests.Storage;

[GenerateSerializer, Immutable, Alias("donmai.tests.CountingState")]
public sealed record CountingState
{
    [Id(0)] public int Count { get; init; }
}
