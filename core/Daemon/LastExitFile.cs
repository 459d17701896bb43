using System.Text.Json;

namespace Donmai.Core.Daemon;

/// <summary>The file that says how the last daemon of a state directory ended, for its owner only.</summary>
/// <param name="path">The file.</param>
public sealed class LastExitFile(string path)
{
    /// <summary>What it says; <see langword="null"/> when there is none, or none that can be read: nothing depends on it.</summary>
    public LastExit? Read()
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, LastExitJson.Default.LastExit);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Says it; the file is never seen half written.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Write(LastExit exit)
    {
        var fresh = path + ".tmp";
        using (var file = new FileStream(fresh, DurableFile.OwnerOnly(FileMode.Create, FileAccess.Write, FileShare.None)))
            JsonSerializer.Serialize(file, exit, LastExitJson.Default.LastExit);
        File.Move(fresh, path, overwrite: true);
    }
}
