namespace Donmai.Worker.Providers;

/// <summary>How a stop went.</summary>
/// <param name="Forced">Whether processes had to be killed.</param>
/// <param name="Alive">Processes that could not be ended.</param>
internal sealed record AgentStop(bool Forced, int Alive)
{
    /// <summary>There was nothing to stop, or it went by itself.</summary>
    public static AgentStop Clean { get; } = new(Forced: false, Alive: 0);
}
