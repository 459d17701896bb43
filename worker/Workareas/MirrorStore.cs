using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Git;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Workareas;

/// <summary>
/// Mirrors of repositories on this machine, one per address, each used by one worker at a time: a lock of the system, so that a worker that
/// was killed holds nobody up (worker.md §5.3).
/// </summary>
internal sealed partial class MirrorStore(string root, TimeSpan patience, TimeProvider clock, ILogger log)
{
    private const int HashLength = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NoticeEvery = TimeSpan.FromSeconds(30);

    /// <summary>Brings the mirror of an address up to date and holds it.</summary>
    /// <returns>The mirror; without a place when another worker held it for too long.</returns>
    /// <exception cref="GitFailureException">The remote could not be read.</exception>
    public async Task<BorrowedMirror> Borrow(GitProgram git, string address, CancellationToken cancellationToken)
    {
        PrivateDirectory.MakeReadable(root);
        var place = Path.Combine(root, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..HashLength]}.git");
        if (await Hold($"{place}.lock", cancellationToken) is not { } held)
            return new BorrowedMirror(null, null);
        try
        {
            await Update(git, place, address, cancellationToken);
            return new BorrowedMirror(place, held);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private async Task Update(GitProgram git, string place, string address, CancellationToken cancellationToken)
    {
        if (Directory.Exists(place))
        {
            var fetched = await git.Run(place, ["fetch", "--quiet", "--prune", "origin"], cancellationToken);
            if (fetched.Succeeded)
                return;
            var failure = fetched.ToFailure("git fetch");
            if (failure.Failure is GitFailureClass.Network or GitFailureClass.Authentication or GitFailureClass.DiskFull)
                throw failure;
            var aside = $"{place}.damaged-{Guid.NewGuid():N}";
            MirrorDamaged(place, aside, failure.Message);
            Directory.Move(place, aside);
        }

        var fresh = $"{place}.tmp-{Guid.NewGuid():N}";
        try
        {
            await git.Must(root, ["clone", "--quiet", "--mirror", "--config", "gc.auto=0", "--", address, fresh], cancellationToken);
            Directory.Move(fresh, place);
        }
        catch
        {
            WorktreeRemoval.Delete(fresh);
            throw;
        }
    }

    private async Task<FileStream?> Hold(string path, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var notices = 0;
        while (true)
        {
            try
            {
                return new FileStream(path, AtomicFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (clock.GetElapsedTime(started) is var waited && waited < patience)
            {
                if (waited > NoticeEvery * (notices + 1))
                    MirrorHeld(path, ++notices * NoticeEvery.TotalSeconds);
            }
            catch (IOException)
            {
                return null;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
