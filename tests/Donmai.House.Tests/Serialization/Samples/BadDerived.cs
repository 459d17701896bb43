namespace Donmai.House.Tests.Serialization.Samples;

public sealed record BadDerived : BadRecord;
