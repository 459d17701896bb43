namespace Donmai.Core.Providers;

/// <summary>What a program prints.</summary>
public enum AgentOutput
{
    /// <summary>Words for people; its exit code says how it went.</summary>
    Lines,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
