using Donmai.Core.Daemon;

namespace Donmai.Grains.Tests.Machines;

/// <summary>A configuration file that knows the settable keys and can refuse to be written.</summary>
internal sealed class FakeConfigurationFile(ConfigurationInForce inForce) : IConfigurationFile
{
    public string Path => "/etc/donmai/daemon.yaml";

    /// <summary>Why it cannot be written; <see langword="null"/> when it can.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>How often it was changed.</summary>
    public int Writes { get; private set; }

    public Task<DaemonConfiguration> Change(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken = default)
    {
        if (Refusal is not null)
            throw Refusal;
        Writes++;
        foreach (var edit in edits)
            inForce.Replace(Changed(inForce.Current, edit));
        return Task.FromResult(inForce.Current);
    }

    private static DaemonConfiguration Changed(DaemonConfiguration current, ConfigurationEdit edit) => edit switch
    {
        PutProject put => current with { Projects = [.. current.Projects.Where(project => project.Id != put.Project.Id), put.Project] },
        RemoveProject remove => current with { Projects = [.. current.Projects.Where(project => project.Id != remove.Id)] },
        SetKey { Key: CapacityKeys.PoolMaxDiskGb } set => current with { PoolMaxDiskGb = set.Value.GetValue<int>() },
        SetKey set => current with { MaxConcurrentSessions = set.Value.GetValue<int>() },
        _ => throw new NotSupportedException(edit.ToString()),
    };
}
