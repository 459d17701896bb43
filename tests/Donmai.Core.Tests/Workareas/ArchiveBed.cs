using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Workareas;

/// <summary>An archive root and a finished session in temporary directories.</summary>
internal sealed class ArchiveBed : IDaemonConfiguration, IDisposable
{
    public const string ArchiveId = "wa-ses_1-1779096600";

    private readonly string _otherVolume;

    public ArchiveBed(bool onAnotherVolume = false)
        : this(onAnotherVolume ? "/dev/shm" : null)
    {
    }

    /// <summary>One whose archives are on this volume.</summary>
    public ArchiveBed(string? volume)
    {
        _otherVolume = volume is null ? Root : Directory.CreateDirectory(Path.Join(volume, Path.GetFileName(Root))).FullName;
        Archives = AnotherDaemon();
        Trees = new ArchiveTrees(this, Use);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("donmai-archives-").FullName;

    public WorkareaArchives Archives { get; }

    public ArchiveUse Use { get; } = new();

    public ArchiveTrees Trees { get; }

    public DaemonConfiguration Current => new()
    {
        MachineId = "m",
        ArchiveRoot = ArchiveRoot,
        Archiving = Archiving,
        PoolMaxDiskGb = PoolMaxDiskGb,
    };

    public ArchiveConfiguration Archiving { get; set; } = new();

    public int PoolMaxDiskGb { get; set; }

    public IDisposable WhenReplaced(Action<ConfigurationReplacement> tell) => new ConfigurationInForce(Current).WhenReplaced(tell);

    public string ArchiveRoot => Path.Join(_otherVolume, "workareas");

    public string Tree => Path.Join(Root, "worktrees", "ses_1");

    public string Record => Path.Join(Root, "worktrees", ".records", "ses_1");

    public ArchiveOrder Order => new()
    {
        WorktreePath = Tree,
        RecordPath = Record,
        SessionId = "ses_1",
        ProjectId = "acme",
        Repository = "acme-api",
        Ref = "main",
        Disposition = "completed",
    };

    public WorkareaArchives AnotherDaemon() => new(this, Use, TimeProvider.System, NullLogger<WorkareaArchives>.Instance);

    /// <summary>A tree with everything a tree may hold: 12 bytes that count.</summary>
    public void MakeTree()
    {
        Directory.CreateDirectory(Path.Join(Tree, "src", "deep"));
        Directory.CreateDirectory(Path.Join(Tree, ".agent"));
        Directory.CreateDirectory(Path.Join(Tree, ".donmai"));
        Directory.CreateDirectory(Record);
        File.WriteAllText(Path.Join(Tree, "src", "a"), "hello");
        File.WriteAllText(Path.Join(Tree, "src", "deep", "run"), "#!/bin/");
        File.SetUnixFileMode(Path.Join(Tree, "src", "deep", "run"), (UnixFileMode)0b111_101_000);
        File.SetUnixFileMode(Path.Join(Tree, "src", "deep"), (UnixFileMode)0b101_000_000);
        File.CreateSymbolicLink(Path.Join(Tree, "link"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Join(Tree, "folder"), "src");
        File.WriteAllText(Path.Join(Tree, ".donmai", "private"), "not counted");
        File.WriteAllText(Path.Join(Tree, ".agent", "state.json"), "{}");
        File.CreateSymbolicLink(Path.Join(Tree, ".agent", "events.jsonl"), Path.Join(Record, "events.jsonl"));
        File.WriteAllText(Path.Join(Record, "events.jsonl"), "{\"seq\":1}\n");
    }

    public string MakeArchive(string id, string manifest, bool withTree = true)
    {
        var path = Path.Join(ArchiveRoot, id);
        Directory.CreateDirectory(withTree ? Path.Join(path, "tree") : path);
        File.WriteAllText(Path.Join(path, "manifest.json"), manifest);
        return path;
    }

    public void Dispose()
    {
        TreeRemoval.Remove(Root);
        TreeRemoval.Remove(_otherVolume);
    }
}
