using System.Security.Cryptography;
using System.Text;
using Donmai.Client.Tests;
using Donmai.Workareas;
using Microsoft.AspNetCore.Builder;

namespace Donmai.Cli.Tests.Workareas;

/// <summary>Two trees on the disk, and a daemon that tells of them what a test says.</summary>
internal sealed class ArchivesOnDisk : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<WorkareaDifference> _entries = [];
    private FakeDaemon? _daemon;

    public string Address => _daemon!.Address;

    public string A => Path.Combine(_directory.Path, "a");

    public string B => Path.Combine(_directory.Path, "b");

    public static async Task<ArchivesOnDisk> Make(params WorkareaDifference[] more)
    {
        var archives = new ArchivesOnDisk();
        archives._entries.AddRange(more);
        Directory.CreateDirectory(archives.A);
        Directory.CreateDirectory(archives.B);
        archives._daemon = await FakeDaemon.Start(routes =>
        {
            routes.MapGet("/api/daemon/workareas/wa-1/diff/wa-2", () => DaemonAnswers.Answer(archives.Answer()));
            routes.MapGet("/api/daemon/workareas/wa-1", () => DaemonAnswers.Answer(new WorkareaAnswer { Workarea = new() { Id = "wa-1", Path = archives.A } }));
            routes.MapGet("/api/daemon/workareas/wa-2", () => DaemonAnswers.Answer(new WorkareaAnswer { Workarea = new() { Id = "wa-2", Path = archives.B } }));
        });
        return archives;
    }

    /// <summary>A file with these contents on the two sides; <see langword="null"/> where there is none.</summary>
    public void File(string path, byte[]? a, byte[]? b, string modeA = "-rw-r--r--", string modeB = "-rw-r--r--")
    {
        Write(A, path, a);
        Write(B, path, b);
        _entries.Add(new WorkareaDifference
        {
            Path = path,
            Status = a is null ? "added" : b is null ? "removed" : "modified",
            SizeA = a?.Length ?? 0,
            SizeB = b?.Length ?? 0,
            ModeA = a is null ? null : modeA,
            ModeB = b is null ? null : modeB,
            HashA = a is null ? null : Convert.ToHexStringLower(SHA256.HashData(a)),
            HashB = b is null ? null : Convert.ToHexStringLower(SHA256.HashData(b)),
        });
    }

    /// <summary>As <see cref="File(string, byte[], byte[], string, string)"/>, with texts.</summary>
    public void File(string path, string? a, string? b, string modeA = "-rw-r--r--", string modeB = "-rw-r--r--") =>
        File(path, a is null ? null : Encoding.UTF8.GetBytes(a), b is null ? null : Encoding.UTF8.GetBytes(b), modeA, modeB);

    /// <summary>What the command line says of them.</summary>
    public Task<CommandOutcome> Diff(params string[] options) => CommandOutcome.Of(["workarea", "diff", "wa-1", "wa-2", "--daemon-url", Address, .. options]);

    public WorkareaDiffAnswer Answer() => new()
    {
        Diff = new WorkareaDiff
        {
            Entries = _entries,
            Summary = new WorkareaDiffSummary
            {
                WorkareaA = "wa-1",
                WorkareaB = "wa-2",
                Added = _entries.Count(static entry => entry.Status == "added"),
                Removed = _entries.Count(static entry => entry.Status == "removed"),
                Modified = _entries.Count(static entry => entry.Status == "modified"),
                Total = _entries.Count,
            },
        },
    };

    public async ValueTask DisposeAsync()
    {
        await _daemon!.DisposeAsync();
        _directory.Dispose();
    }

    private static void Write(string tree, string path, byte[]? content)
    {
        if (content is null)
            return;
        var place = Path.Combine(tree, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        System.IO.File.WriteAllBytes(place, content);
    }
}
