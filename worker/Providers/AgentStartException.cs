namespace Donmai.Worker.Providers;

/// <summary>The agent could not be started; nothing runs (<c>spawn-failed</c>).</summary>
/// <param name="message">What was tried and what the system said.</param>
/// <param name="isTransient">Whether the same start may succeed a little later.</param>
internal sealed class AgentStartException(string message, bool isTransient = false) : Exception(message)
{
    /// <summary>Whether the same start may succeed a little later.</summary>
    public bool IsTransient => isTransient;
}
