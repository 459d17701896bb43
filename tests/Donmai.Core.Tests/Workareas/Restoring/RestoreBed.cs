using System.Security.Cryptography;
using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Restoring;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Workareas.Restoring;

/// <summary>Archives that are restored, beside live sessions that a test names.</summary>
internal sealed class RestoreBed : IDaemonConfiguration, IRestoreGuard, IDisposable
{
    public const string Manifest = """
        {"sessionId":"ses_0a41","projectId":"acme-api","providerId":"local-pool","repository":"github.com/acme/api","ref":"main","toolchain":{"go":"1.23"},"ticket":"ACME-318"}
        """;

    private readonly string? _disk;

    public RestoreBed(string? disk = null)
    {
        _disk = disk;
        Trees = new ArchiveTrees(this, Use);
        Archives = new WorkareaArchives(this, Use, TimeProvider.System, NullLogger<WorkareaArchives>.Instance);
        Restored = AnotherDaemon();
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("donmai-restore-").FullName;

    public string ArchiveRoot => Path.Join(_disk ?? Root, "workareas");

    public string RestoredRoot => ArchiveRoot + "-restored";

    public ArchiveUse Use { get; } = new();

    public ArchiveTrees Trees { get; }

    public WorkareaArchives Archives { get; }

    public RestoredWorkareas Restored { get; }

    /// <summary>Ids of the live sessions.</summary>
    public HashSet<string> Live { get; } = new(StringComparer.Ordinal);

    /// <summary>What the guard was asked last.</summary>
    public RestoreDemand? Demand { get; private set; }

    /// <summary>What the guard throws.</summary>
    public Exception? Refusal { get; set; }

    public DaemonConfiguration Current { get; set; } = new() { MachineId = "m", ArchiveRoot = "" };

    DaemonConfiguration IDaemonConfiguration.Current => Current with { ArchiveRoot = ArchiveRoot };

    public RestoredWorkareas AnotherDaemon(IRestoreGuard? guard = null, ILogger<RestoredWorkareas>? log = null) =>
        new(this, Trees, Use, guard ?? this, TimeProvider.System, log ?? NullLogger<RestoredWorkareas>.Instance);

    public IDisposable WhenReplaced(Action<ConfigurationReplacement> tell) => new ConfigurationInForce(Current).WhenReplaced(tell);

    public Task<Workarea> Restore(string archiveId = "wa-1", string into = "", string reason = "") =>
        Restored.Restore(archiveId, new WorkareaRestore { IntoSessionId = into, Reason = reason }, Occupancy);

    public Task<MachineOccupancy> Occupancy() => Task.FromResult(new MachineOccupancy { LiveSessions = Live.ToHashSet(StringComparer.Ordinal) });

    void IRestoreGuard.Check(RestoreDemand demand)
    {
        Demand = demand;
        if (Refusal is not null)
            throw Refusal;
    }

    /// <summary>An archive; answers with its tree, which is empty yet.</summary>
    public string Archive(string id = "wa-1", string manifest = Manifest)
    {
        var tree = Directory.CreateDirectory(Path.Join(ArchiveRoot, id, "tree")).FullName;
        File.WriteAllText(Path.Join(ArchiveRoot, id, "manifest.json"), manifest);
        return tree;
    }

    /// <summary>An archive with something of everything in it: 12 bytes that count.</summary>
    public string FullArchive(string id = "wa-1")
    {
        var tree = Archive(id);
        Directory.CreateDirectory(Path.Join(tree, "src", "deep"));
        Directory.CreateDirectory(Path.Join(tree, ".donmai"));
        File.WriteAllText(Path.Join(tree, "src", "a"), "hello");
        File.WriteAllText(Path.Join(tree, "src", "empty"), "");
        File.WriteAllText(Path.Join(tree, "src", "deep", "run"), "#!/bin/");
        File.SetUnixFileMode(Path.Join(tree, "src", "deep", "run"), (UnixFileMode)0b111_101_000);
        File.WriteAllText(Path.Join(tree, ".donmai", "private"), "copied too");
        File.CreateSymbolicLink(Path.Join(tree, "folder"), "src/deep");
        return tree;
    }

    /// <summary>Everything below a directory: kind, permissions and content or target of each entry, by path.</summary>
    public static SortedDictionary<string, string> Picture(string tree, bool withModes = true)
    {
        var picture = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var directories = new Stack<string>([tree]);
        while (directories.TryPop(out var directory))
            foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
            {
                picture[Path.GetRelativePath(tree, entry.FullName)] = entry.LinkTarget is { } target ? $"-> {target}"
                    : entry is DirectoryInfo ? "directory" + (withModes ? $" {entry.UnixFileMode}" : "")
                    : $"{entry.UnixFileMode} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName)))}";
                if (entry is DirectoryInfo { LinkTarget: null })
                    directories.Push(entry.FullName);
            }

        return picture;
    }

    public void Dispose()
    {
        Restored.Dispose();
        TreeRemoval.Remove(Root);
    }
}
