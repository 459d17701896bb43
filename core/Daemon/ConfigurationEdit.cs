using System.Text.Json.Nodes;

namespace Donmai.Core.Daemon;

/// <summary>
/// One change of <c>daemon.yaml</c>, said by key path (<c>capacity.maxConcurrentSessions</c>, <c>projects[2].git.sshKey</c>) or by project id, so
/// that it can be applied again to a file that somebody else has changed meanwhile.
/// </summary>
public abstract record ConfigurationEdit
{
    private protected ConfigurationEdit()
    {
    }

    /// <summary>Sets a key; what is missing on the way to it is made.</summary>
    /// <param name="key">Dotted path.</param>
    /// <param name="value">A text, number, flag, list or mapping; a text such as <c>${NAME}</c> is written as it is.</param>
    public static ConfigurationEdit Set(string key, JsonNode value) => new SetKey(key, value);

    /// <summary>Takes a key out; nothing happens when it is not there.</summary>
    /// <param name="key">Dotted path.</param>
    public static ConfigurationEdit Unset(string key) => new UnsetKey(key);

    /// <summary>Adds a project, or brings the entry with its id up to date; keys of the entry that this version does not know are kept.</summary>
    public static ConfigurationEdit PutProject(ProjectConfiguration project) => new PutProject(project);

    /// <summary>Takes a project out; nothing happens when no entry has the id.</summary>
    public static ConfigurationEdit RemoveProject(string id) => new RemoveProject(id);
}
