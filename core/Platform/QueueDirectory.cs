using Donmai.Core.Daemon;

namespace Donmai.Core.Platform;

/// <summary>
/// A directory that stands in for a platform (platform-api.md §13): work items <c>*.json</c> in it, those that were claimed in <c>claimed/</c>, what
/// became of them in <c>done/</c>. Claims are renames, so that of several daemons one gets an item.
/// </summary>
/// <param name="directory">The directory; need not exist.</param>
/// <param name="clock">Knows how old a file is.</param>
public sealed class QueueDirectory(string directory, TimeProvider clock)
{
    private const string Pattern = "*.json";

    /// <summary>A file that cannot be read may still be being written.</summary>
    private static readonly TimeSpan StillWritten = TimeSpan.FromSeconds(5);

    private string Claims => Path.Combine(directory, "claimed");

    private string Results => Path.Combine(directory, "done");

    /// <summary>The directory that an <c>orchestrator.url</c> means; <see langword="null"/> when it is none of this machine.</summary>
    public static string? DirectoryOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { IsFile: true, IsUnc: false } ? address.LocalPath : null;

    /// <summary>Claims items by name, in the order of names.</summary>
    /// <param name="most">As many at most.</param>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be used.</exception>
    public List<QueuedWork> Claim(int most)
    {
        var claimed = new List<QueuedWork>();
        foreach (var name in Names(directory))
        {
            if (claimed.Count >= most)
                break;
            if (TryMove(Path.Combine(directory, name), Claims, name) && Read(name) is { } work)
                claimed.Add(work);
        }

        return claimed;
    }

    /// <summary>The items that were claimed and are not done.</summary>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be used.</exception>
    public List<QueuedWork> Claimed() => [.. Names(Claims).Select(Read).OfType<QueuedWork>()];

    /// <summary>Lets go of a claim: another daemon, or this one later, may take it.</summary>
    public void GiveBack(QueuedWork work) => TryMove(Path.Combine(Claims, work.Name), directory, work.Name);

    /// <summary>Tells what became of an item; its claim is over.</summary>
    /// <param name="work">The item.</param>
    /// <param name="result">What to tell, in JSON.</param>
    /// <exception cref="IOException">It cannot be written; the claim stays.</exception>
    public void Finish(QueuedWork work, byte[] result)
    {
        DurableFile.CreateDirectory(Results);
        var target = Path.Combine(Results, work.Name);
        var temporary = target + ".tmp";
        File.Delete(temporary);
        DurableFile.Create(temporary, result);
        DurableFile.Replace(temporary, target);
        File.Delete(Path.Combine(Claims, work.Name));
    }

    private static IEnumerable<string> Names(string from) => Directory.Exists(from)
        ? new DirectoryInfo(from).EnumerateFiles(Pattern).Where(static file => file.LinkTarget is null).Select(static file => file.Name).Order(StringComparer.Ordinal)
        : [];

    private static bool TryMove(string from, string to, string name)
    {
        DurableFile.CreateDirectory(to);
        try
        {
            File.Move(from, Path.Combine(to, name), overwrite: false);
            return true;
        }
        catch (IOException)
        {
            return false; // somebody else was quicker, or one of that name is claimed already
        }
    }

    private QueuedWork? Read(string name)
    {
        var file = new FileInfo(Path.Combine(Claims, name));
        var work = file.Length > FetchedWork.LargestItem ? null : FetchedWork.Read(new JsonText(File.ReadAllText(file.FullName)));
        var read = new QueuedWork(name, work ?? new FetchedWork { Raw = new JsonText("{}"), Problem = $"the file has {file.Length} bytes, more than {FetchedWork.LargestItem}" });
        if (read.Work.Item is not null || (clock.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc).Duration() >= StillWritten)
            return read;
        GiveBack(read);
        return null;
    }
}
