using System.Security.Cryptography;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>
/// Reads the files of two archives where they lie. What is read has to have the hash that the daemon tells, so that a tree of another
/// machine at the same path, or a file that is not what it was, is never shown for the one that is meant.
/// </summary>
internal sealed class ArchivedFiles
{
    private const long LargestText = 8 * 1024 * 1024;

    private readonly string _older;
    private readonly string _newer;

    private ArchivedFiles(string older, string newer)
    {
        _older = older;
        _newer = newer;
    }

    /// <summary>The files of two archives.</summary>
    /// <exception cref="CommandFailureException">They are not on this machine.</exception>
    public static async Task<ArchivedFiles> Of(DonmaiClient client, string older, string newer, CancellationToken cancellationToken)
    {
        if (!client.Address.IsLoopback && client.Address.Scheme != "unix")
            throw Elsewhere($"the daemon at {client.Address.OriginalString.TrimEnd('/')} is on another machine");
        return new ArchivedFiles(await Tree(client, older, cancellationToken), await Tree(client, newer, cancellationToken));
    }

    /// <summary>Both sides of a difference; <see langword="null"/> where there is neither a file nor a link.</summary>
    /// <exception cref="CommandFailureException">A file cannot be read, or is not what it was.</exception>
    public async Task<(FileSide? A, FileSide? B)> Sides(WorkareaDifference difference, CancellationToken cancellationToken) => (
        await Side(_older, difference.Path, difference.ModeA, difference.SizeA, difference.HashA, difference.LinkA, cancellationToken),
        await Side(_newer, difference.Path, difference.ModeB, difference.SizeB, difference.HashB, difference.LinkB, cancellationToken));

    private static async Task<FileSide?> Side(
        string tree, string path, string? mode, long size, string? hash, string? link, CancellationToken cancellationToken)
    {
        if (mode is null || GitMode.Of(mode) is not { } gitMode)
            return null;
        return new FileSide
        {
            Mode = gitMode,
            Size = size,
            Identity = link ?? hash ?? "",
            Lines = link is not null ? FileSide.LinesOf(link)
                : size > LargestText ? null
                : FileSide.LinesOf(await Content(tree, path, hash, cancellationToken)),
        };
    }

    private static async Task<byte[]> Content(string tree, string path, string? hash, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(Path.Join(tree, path), cancellationToken);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw Elsewhere($"{PathText.Of(path)} cannot be read: {refusal.Message}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(content)) == hash
            ? content
            : throw Elsewhere($"{PathText.Of(path)} in {tree} is not the file that the daemon tells of");
    }

    private static async Task<string> Tree(DonmaiClient client, string id, CancellationToken cancellationToken)
    {
        var path = (await client.Workarea(id, cancellationToken)).Path;
        return Directory.Exists(path) ? path : throw Elsewhere($"the tree of {id} is not on this machine{(path is null ? "" : $" at {path}")}");
    }

    private static CommandFailureException Elsewhere(string problem) =>
        new($"The files themselves cannot be compared: {problem}. Run this where the daemon runs, as its user, or leave out --patch and --stat.");
}
