namespace Donmai.Core.Providers;

/// <summary>How a program gets its prompt.</summary>
public enum PromptDelivery
{
    /// <summary>On its standard input, which is closed after it.</summary>
    Stdin,

    /// <summary>As an argument: in place of <c>{prompt}</c>, otherwise the last one.</summary>
    Argument,
}
