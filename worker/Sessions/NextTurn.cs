using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>What the agent is given next.</summary>
/// <param name="Text">The user message.</param>
/// <param name="Purpose">What the turn is for.</param>
/// <param name="Inputs">Messages from outside that are in it, acknowledged once the turn has started.</param>
internal sealed record NextTurn(string Text, TurnPurpose Purpose, IReadOnlyList<InboxMessage> Inputs)
{
    /// <summary>The same with more words after it.</summary>
    public NextTurn And(string words) => this with { Text = Text.Length > 0 ? $"{Text}\n\n{words}" : words };
}
