namespace Donmai.Core.Daemon.Service;

/// <summary>The file that describes the service to the system.</summary>
/// <param name="path">Where it is, or would be.</param>
internal sealed class UnitFile(string path)
{
    private const UnixFileMode FileMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode DirectoryMode =
        FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where it is, or would be.</summary>
    public string Path => path;

    /// <summary>Whether it is there.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Makes a directory of the service, mode 0755 where it is new.</summary>
    /// <exception cref="ServiceException">That is not permitted.</exception>
    public static void MakeDirectory(string directory) =>
        Permitted(directory, () =>
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, DirectoryMode);
        });

    /// <summary>Writes it, mode 0644, at once and whole.</summary>
    /// <exception cref="ServiceException">That is not permitted.</exception>
    public void Write(string text)
    {
        MakeDirectory(System.IO.Path.GetDirectoryName(path)!);
        Permitted(path, () =>
        {
            var fresh = path + ".tmp";
            File.WriteAllText(fresh, text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(fresh, FileMode);
            File.Move(fresh, path, overwrite: true);
        });
    }

    /// <summary>Its text; <see langword="null"/> when it is not there or not for us to read.</summary>
    public string? Read()
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes it.</summary>
    /// <exception cref="ServiceException">That is not permitted.</exception>
    public void Delete() => Permitted(path, () => File.Delete(path));

    private static void Permitted(string place, Action step)
    {
        try
        {
            step();
        }
        catch (UnauthorizedAccessException)
        {
            throw new ServiceException($"{place} may not be written by you; a service of the whole machine is a matter for root: use sudo.");
        }
        catch (IOException failure)
        {
            throw new ServiceException($"{place} cannot be written: {failure.Message}");
        }
    }
}
