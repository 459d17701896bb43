using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Donmai.Core.Workareas.Trees;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas.Trees;

public sealed class Trees_that_no_archive_holds
{
    private const string Id = "wa-1";

    [Fact]
    [Trait("spec", "WA-27")]
    public async Task A_fifo_is_corruption_and_is_never_opened()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        await Run("mkfifo", Path.Join(tree, "src", "fifo"));

        (await Refusal(bed)).ShouldBe("archive corrupted: src/fifo is a FIFO");
    }

    [Fact]
    public async Task A_socket_is_corruption()
    {
        using var bed = new ArchiveBed();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Join(Tree(bed), "src", "s")));

        (await Refusal(bed)).ShouldBe("archive corrupted: src/s is a socket");
    }

    [DeviceFact]
    public async Task A_device_is_corruption()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        (await Run("mknod", Path.Join(tree, "src", "null"), "c", "1", "3")).ShouldBeTrue();

        (await Refusal(bed)).ShouldBe("archive corrupted: src/null is a device");
    }

    [Theory]
    [InlineData("\\377x", "src/\\xffx has a name that is no UTF-8")]
    [InlineData("a\\300\\200", "src/a\\xc0\\x80 has a name that is no UTF-8")]
    public async Task A_name_that_is_no_text_is_corruption(string octal, string complaint)
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        await Run("sh", "-c", $"cd {tree}/src && : > \"$(printf '{octal}')\"");

        (await Refusal(bed)).ShouldBe($"archive corrupted: {complaint}");
    }

    [Fact]
    public async Task A_link_to_no_text_is_corruption()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        await Run("sh", "-c", $"cd {tree}/src && ln -s \"$(printf '\\377')\" l");

        (await Refusal(bed)).ShouldBe("archive corrupted: src/l has a target that is no UTF-8");
    }

    [Fact]
    public async Task Long_names_and_odd_ones_are_no_trouble()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        string[] names = [new string('n', 255), new string('\u00e4', 127), "-rf", "*", "a\tb", "\r", " ", "end 0 0 x", "\\n"];
        foreach (var name in names)
            await File.WriteAllTextAsync(Path.Join(tree, "src", name), name);

        for (var time = 0; time < 2; time++)
        {
            using var index = await bed.Trees.Open(Id, CancellationToken.None);
            index.Entries().Where(static entry => entry.Kind is TreeEntryKind.File).Select(static entry => entry.Path)
                .ShouldBe(names.Select(static name => $"src/{name}").OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create(static (one, other) => one.AsSpan().SequenceCompareTo(other))));
        }
    }

    [Fact]
    public void What_cannot_be_read_is_corruption()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        var file = Path.Join(tree, "src", "secret");
        File.WriteAllText(file, "x");
        File.SetUnixFileMode(file, UnixFileMode.None);
        foreach (var directory in new[] { bed.Root, bed.ArchiveRoot, Path.GetDirectoryName(tree)!, tree, Path.Join(tree, "src") })
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);

        var refusal = OrdinaryUser.Do(() =>
        {
            using var start = TreeDirectory.Open(tree);
            using var src = start.Enter("src"u8);
            return Should.Throw<Donmai.Core.Workareas.ArchiveProblem>(() => src.OpenFile("secret"u8).Dispose()).Message;
        });

        refusal.ShouldBe("src/secret cannot be read: Permission denied");
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_is_corruption()
    {
        using var bed = new ArchiveBed();
        var file = Path.Join(Tree(bed), "src", "busy");
        await File.WriteAllBytesAsync(file, new byte[1000]);
        using var src = TreeDirectory.Open(Path.GetDirectoryName(file)!);
        var before = src.Stat("busy"u8);
        await File.WriteAllBytesAsync(file, new byte[1001]);
        var hash = new byte[32];

        Should.Throw<Donmai.Core.Workareas.ArchiveProblem>(() => FileDigest.Of(src, "busy"u8, before, hash, CancellationToken.None))
            .Message.ShouldBe("busy changed while it was read");
    }

    [Fact]
    public async Task A_directory_that_changes_while_it_is_walked_is_corruption()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        await File.WriteAllTextAsync(Path.Join(tree, "src", "a"), "");
        using var start = TreeDirectory.Open(tree);
        using var walk = new TreeWalk(start);
        walk.Next().ShouldBeTrue();
        walk.Next().ShouldBeTrue();
        await File.WriteAllTextAsync(Path.Join(tree, "src", "b"), "");

        Should.Throw<Donmai.Core.Workareas.ArchiveProblem>(() => walk.Next()).Message.ShouldBe("src changed while it was read");
    }

    [Fact]
    public async Task Without_handles_the_same_is_found()
    {
        using var bed = new ArchiveBed();
        var tree = Tree(bed);
        await File.WriteAllTextAsync(Path.Join(tree, "src", "a"), "hello");
        File.CreateSymbolicLink(Path.Join(tree, "src", "l"), "..");
        using var handles = TreeDirectory.Open(tree);
        using var paths = PathDirectory.OpenRoot(tree, follow: false);

        Everything(paths).ShouldBe(Everything(handles));
        Everything(paths).ShouldBe(["src", "src/a", "src/l"]);
        using var src = paths.Enter("src"u8);
        src.ReadLink("l"u8).ShouldBe(".."u8.ToArray());
        var hash = new byte[32];
        FileDigest.Of(src, "a"u8, src.Stat("a"u8), hash, CancellationToken.None);
        hash.ShouldBe(System.Security.Cryptography.SHA256.HashData("hello"u8));
        Should.Throw<Donmai.Core.Workareas.ArchiveProblem>(() => src.Enter("l"u8));
        Should.Throw<Donmai.Core.Workareas.ArchiveProblem>(() => src.OpenFile("l"u8));
    }

    private static List<string> Everything(TreeDirectory start)
    {
        using var walk = new TreeWalk(start);
        var paths = new List<string>();
        while (walk.Next())
            paths.Add(Encoding.UTF8.GetString(walk.Path));
        return paths;
    }

    private static string Tree(ArchiveBed bed)
    {
        var tree = Path.Join(bed.MakeArchive(Id, "{}"), "tree");
        Directory.CreateDirectory(Path.Join(tree, "src"));
        return tree;
    }

    private static async Task<string> Refusal(ArchiveBed bed) =>
        (await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Trees.Open(Id, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)))).Message;

    private static async Task<bool> Run(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await run.WaitForExitAsync();
        return run.ExitCode == 0;
    }
}
