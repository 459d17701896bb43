using System.Text;
using Donmai.Core.Workareas;
using Donmai.Workareas;

namespace Donmai.Core.Tests.Workareas;

public sealed class Fuzzing_manifests
{
    private const int Inputs = 10_000;

    private const string Sample = """
        {"id":"a","sessionId":"ses_0a41","projectId":"acme-api","providerId":"local-pool","sourceProvider":"local","disposition":"failed",
        "createdAt":"2026-05-06T21:14:09Z","sizeBytes":48210332,"repository":"github.com/acme/api","ref":"feature/ledger","capabilities":["exclusive"],
        "toolchain":{"go":"1.23.4"},"ticket":"ACME-318","deep":[[[[[{"x":null}]]]]],"text":"\u00e4\ud83d\ude00"}
        """;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "1e999", "9223372036854775808", "\"id\":", "\"sizeBytes\":", "\"toolchain\":", "\"\\ud800\"", "\\", "\n", "\0",
        "\"../../etc\"", "\"/etc/passwd\"", "{\"a\":", "[[[[[[[[[[[[[[[[", "// no\n",
    ];

    [Fact]
    [Trait("spec", "WA-3")]
    public void Whatever_a_manifest_holds_it_is_read_or_corrupted()
    {
        using var bed = new ArchiveBed();
        var archive = new DirectoryInfo(bed.MakeArchive("a", "{}"));
        var manifest = Path.Join(archive.FullName, "manifest.json");
        var random = new Random(54);
        var (read, corrupted) = (0, 0);
        for (var input = 0; input < Inputs; input++)
        {
            File.WriteAllBytes(manifest, Mutated(random));
            try
            {
                var found = ArchiveReader.Read(archive).ShouldNotBeNull();
                found.Stored.ShouldNotBeNull();
                (found.Id is null or "a").ShouldBeTrue();
                ArchiveRow.Of(archive)!.Disposition?.StartsWith(ArchiveRow.Corrupted, StringComparison.Ordinal).ShouldBe(false);
                read++;
            }
            catch (ArchiveProblem problem)
            {
                problem.Message.ShouldNotContain(bed.Root);
                ArchiveRow.Of(archive)!.Disposition.ShouldBe(ArchiveRow.Corrupted + problem.Message);
                corrupted++;
            }
        }

        read.ShouldBeGreaterThan(100);
        corrupted.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [Trait("spec", "WA-3")]
    [InlineData("{\"id\":\"../../etc\"}")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"sizeBytes\":1e3000}")]
    [InlineData("{\"sizeBytes\":1.5}")]
    [InlineData("{\"capabilities\":[1]}")]
    [InlineData("{\"createdAt\":5}")]
    [InlineData("{} {}")]
    [InlineData("null")]
    public async Task A_manifest_that_cannot_be_meant_is_corruption_and_harms_no_other(string manifest)
    {
        using var bed = new ArchiveBed();
        bed.MakeArchive("a", manifest);
        bed.MakeArchive("b", "{}");

        var rows = await bed.Archives.List();

        rows.Count.ShouldBe(2);
        rows[0].Disposition!.ShouldStartWith("corrupted: ");
        rows[1].Disposition.ShouldBeNull();
        (await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Archives.Inspect("a"))).Message.ShouldNotContain(bed.Root);
        (await Should.ThrowAsync<ArchiveCorruptedException>(() => bed.Trees.Open("a", CancellationToken.None))).Message.ShouldNotContain(bed.Root);
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Sample).ToList();
        for (var times = random.Next(0, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(Math.Min(60, bytes.Count - at)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    if (random.Next(10) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0)
                break;
        }

        return [.. bytes];
    }
}
