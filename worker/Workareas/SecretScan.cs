using System.Text;
using System.Text.RegularExpressions;
using Donmai.Core.Git;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>Looks for secrets in what is about to be committed: by the names of files, and in the lines that are new (worker.md §8.3 step 4).</summary>
/// <param name="git">Runs git.</param>
/// <param name="tree">Directory of the work tree.</param>
/// <param name="known">Secrets of the session.</param>
internal sealed partial class SecretScan(GitProgram git, string tree, Redaction known)
{
    /// <summary>Whether a file of that name holds a secret.</summary>
    /// <param name="path">Relative path, separated by <c>/</c>.</param>
    public static bool IsSecretByName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name == ".env" || name.EndsWith(".pem", StringComparison.OrdinalIgnoreCase) || name.StartsWith("id_rsa", StringComparison.Ordinal);
    }

    /// <summary>Whether what a change adds holds a secret.</summary>
    /// <exception cref="GitFailureException">git failed.</exception>
    public async Task<bool> HoldsSecret(StatusEntry change, CancellationToken cancellationToken)
    {
        var added = change.IsTracked ? await AddedLines(change.Path, cancellationToken) : await NewFile(change.Path, cancellationToken);
        return Shapes().IsMatch(added) || known.Holds(added);
    }

    private async Task<string> AddedLines(string path, CancellationToken cancellationToken)
    {
        var difference = await git.Must(
            tree, ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text", "-U0", "HEAD", "--", path], cancellationToken);
        return string.Join(
            '\n',
            difference.Split('\n')
                .Where(static line => line.StartsWith('+') && !line.StartsWith("+++ ", StringComparison.Ordinal))
                .Select(static line => line[1..]));
    }

    // What a link leads to is not committed, its target's name is.
    private async Task<string> NewFile(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(tree, path));
        return file.LinkTarget ?? Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
    }

    [GeneratedRegex(
        @"-----BEGIN [A-Z0-9 ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bglpat-[A-Za-z0-9_\-]{20,}"
        + @"|\bsk-ant-[A-Za-z0-9_\-]{16,}|\bsk-proj-[A-Za-z0-9_\-]{20,}|\bsk-[A-Za-z0-9]{40,}|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bxox[abprs]-[A-Za-z0-9\-]{10,}"
        + @"|\bAIza[A-Za-z0-9_\-]{35}|\bnpm_[A-Za-z0-9]{36}|\brs[pk]_live_[A-Za-z0-9_\-]+|\blin_api_[A-Za-z0-9]{20,}|\bsgamp_[A-Za-z0-9_\-]{16,}"
        + @"|\beyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Shapes();
}
