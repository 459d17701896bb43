using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Platform;

/// <summary>The registration on disk, so that a daemon that starts again need not register again (platform-api.md §4). For its owner only.</summary>
/// <param name="state">Where the file is.</param>
/// <param name="clock">Source of time.</param>
/// <param name="logger">Told of a file that cannot be read or written.</param>
public sealed partial class RegistrationCache(StateDirectory state, TimeProvider clock, ILogger<RegistrationCache> logger)
{
    private const string RealMode = "real";

    /// <summary>Life that a token in the file must still have to be of use.</summary>
    private static readonly TimeSpan LeastLife = TimeSpan.FromSeconds(60);

    /// <summary>The registration in the file, if it is one with <paramref name="target"/> and still good; otherwise <see langword="null"/>.</summary>
    public PlatformRegistration? Find(PlatformTarget target)
    {
        if (Load() is not { } cached || !IsOf(cached, target))
            return null;
        var registration = cached.Registration(target, clock.GetUtcNow());
        return registration.Credentials.ExpiresAt - clock.GetUtcNow() < LeastLife ? null : registration;
    }

    /// <summary>Writes a registration; one that cannot be written is not needed before the next start, and is warned of.</summary>
    public void Keep(PlatformRegistration registration, PlatformTarget target)
    {
        var credentials = registration.Credentials;
        var cached = new CachedRegistration
        {
            WorkerId = credentials.WorkerId,
            RuntimeToken = credentials.RuntimeToken,
            HeartbeatInterval = credentials.HeartbeatIntervalMs,
            PollInterval = credentials.PollIntervalMs,
            RuntimeTokenExpiresAt = credentials.ExpiresAt is { } end ? TextTimestamp.ToText(end) : null,
            CachedAt = registration.ObtainedAt.ToUniversalTime(),
            OrchestratorUrl = target.Url,
            MachineId = target.MachineId,
            RegistrationTokenHash = Hash(target.Token),
            Mode = RealMode,
        };
        var temporary = state.Registration + ".tmp";
        try
        {
            DurableFile.CreateDirectory(Path.GetDirectoryName(state.Registration)!);
            File.Delete(temporary); // of a daemon that was killed
            DurableFile.Create(temporary, JsonSerializer.SerializeToUtf8Bytes(cached, CachedRegistrationJson.Default.CachedRegistration));
            DurableFile.Replace(temporary, state.Registration);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotWritten(state.Registration, failure.Message);
        }
    }

    /// <summary>Deletes the file of a state directory; one that is not there is no error.</summary>
    /// <param name="state">Where the daemon keeps its files.</param>
    /// <param name="existed">Whether there was one.</param>
    /// <returns>Why it could not be deleted, for a warning; otherwise <see langword="null"/>.</returns>
    public static string? Delete(StateDirectory state, out bool existed)
    {
        existed = File.Exists(state.Registration);
        try
        {
            File.Delete(state.Registration + ".tmp");
            File.Delete(state.Registration);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"The cached registration {state.Registration} could not be deleted ({failure.Message.TrimEnd('.')}); delete it before the next start.";
        }
    }

    /// <summary>Deletes the file.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete()
    {
        if (Delete(state, out var existed) is { } problem)
            NotDeleted(problem);
        return existed;
    }

    /// <summary>What the file says, with former names understood; <see langword="null"/> when there is none, or nothing of use in it (PA-5).</summary>
    internal CachedRegistration? Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(state.Registration), CachedRegistrationJson.Default.CachedRegistration)?.Whole();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotRead(state.Registration, failure.Message);
            return null;
        }
    }

    private static bool IsOf(CachedRegistration cached, PlatformTarget target) =>
        target.Mode is PlatformMode.Real
        && cached.Mode == RealMode
        && cached.OrchestratorUrl == target.Url
        && cached.MachineId == target.MachineId
        && cached.RegistrationTokenHash == Hash(target.Token);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
