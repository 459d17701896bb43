using System.Runtime.InteropServices;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Where the files of a release are (daemon-runtime.md §12.1).</summary>
public sealed class ReleaseAddresses
{
    /// <summary>What the file of a directory installation ends with, after the usual name.</summary>
    public const string ArchiveSuffix = ".tar.gz";

    private const string Program = "donmai-daemon";

    private readonly string _channel;

    /// <summary>The addresses of one channel.</summary>
    /// <param name="source">Base URL; slashes at its end do not count.</param>
    /// <param name="channel">Release channel.</param>
    public ReleaseAddresses(Uri source, string channel) => _channel = $"{source.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{channel}";

    /// <summary>The manifest of the newest release.</summary>
    public Uri Latest => new($"{_channel}/latest.json");

    /// <summary>The manifest of one release, for a version that is pinned and not the newest (§12.7).</summary>
    /// <param name="version">The version, verbatim.</param>
    public Uri Manifest(string version) => new($"{_channel}/{version}/manifest.json");

    /// <summary>The program of one release.</summary>
    /// <param name="version">The version as the manifest says it, verbatim.</param>
    /// <param name="fileName">As <see cref="FileName"/> tells.</param>
    public Uri Artifact(string version, string fileName) => new($"{_channel}/{version}/{fileName}");

    /// <summary>The signature of an artifact.</summary>
    public static Uri Signature(Uri artifact) => new(artifact.AbsoluteUri + ".sig");

    /// <summary>Name of the program for a system, in the words of Go; <see langword="null"/> where there is none.</summary>
    /// <param name="processor">Architecture.</param>
    /// <param name="system">Operating system.</param>
    public static string? FileName(Architecture processor, OSPlatform system)
    {
        var arch = processor switch
        {
            Architecture.X64 => "amd64",
            Architecture.Arm64 => "arm64",
            Architecture.X86 => "386",
            Architecture.Arm => "arm",
            _ => null,
        };
        var os = system == OSPlatform.Linux ? "linux" : system == OSPlatform.OSX ? "darwin" : system == OSPlatform.Windows ? "windows" : null;
        return arch is null || os is null ? null : $"{Program}-{arch}-{os}";
    }

    /// <summary>Name of the program for the running system.</summary>
    public static string? FileNameHere() => FileName(
        RuntimeInformation.ProcessArchitecture,
        OperatingSystem.IsMacOS() ? OSPlatform.OSX : OperatingSystem.IsWindows() ? OSPlatform.Windows : OSPlatform.Linux);
}
