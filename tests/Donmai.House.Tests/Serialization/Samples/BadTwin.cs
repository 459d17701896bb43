namespace Donmai.House.Tests.Serialization.Samples;

[GenerateSerializer, Alias("bad")]
public sealed record BadTwin;
