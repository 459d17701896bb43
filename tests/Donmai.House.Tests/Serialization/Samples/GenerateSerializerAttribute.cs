namespace Donmai.House.Tests.Serialization.Samples;

/// <summary>Looks like the engine's: code generators leave the samples alone.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class GenerateSerializerAttribute : Attribute;
