using System.CommandLine;

namespace Donmai.Cli;

/// <summary>A verb whose own help says more than the line it has in the list of verbs.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">The line in the list.</param>
/// <param name="notes">What its own help says below everything else.</param>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    /// <summary>What its own help says below everything else.</summary>
    public string Notes => notes;
}
