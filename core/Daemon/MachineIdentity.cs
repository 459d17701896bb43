using System.Text.Json;

namespace Donmai.Core.Daemon;

/// <summary>
/// What a machine was called when its daemon first started (daemon-runtime.md §3): kept beside the configuration, so that another host name does
/// not make another machine of it.
/// </summary>
/// <param name="Id">The machine id.</param>
/// <param name="Hostname">The host name at that time.</param>
public sealed record MachineIdentity(string Id, string Hostname)
{
    /// <summary>The record of a state directory; <see langword="null"/> when there is none that can be used.</summary>
    public static MachineIdentity? Read(StateDirectory state)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(state.MachineRecord), MachineIdentityJson.Default.MachineIdentity) is { Id.Length: > 0 } known ? known : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps what the machine is called by its configuration; one that says so already is left alone.</summary>
    /// <param name="state">The state directory.</param>
    /// <param name="id">The machine id in force.</param>
    /// <param name="hostname">The host name.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Remember(StateDirectory state, string id, string hostname)
    {
        if (Read(state)?.Id == id)
            return;
        var temporary = state.MachineRecord + ".tmp";
        File.Delete(temporary);
        DurableFile.Create(temporary, JsonSerializer.SerializeToUtf8Bytes(new MachineIdentity(id, hostname), MachineIdentityJson.Default.MachineIdentity));
        DurableFile.Replace(temporary, state.MachineRecord);
    }
}
