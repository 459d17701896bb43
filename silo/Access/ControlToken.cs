using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Donmai.Silo.Access;

/// <summary>The secret that stands in for the same-user check where there is none (control-api.md §1.2 item 4). Never logged.</summary>
internal sealed class ControlToken
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int SecretBytes = 32;
    private const string Scheme = "Bearer ";

    private readonly byte[] _secret;

    private ControlToken(string secret) => _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>The token in <paramref name="path"/>, which is created, readable by its owner only, when it is not there.</summary>
    /// <exception cref="DaemonStartException">The file holds no token, or others may read it.</exception>
    public static ControlToken Open(string path)
    {
        try
        {
            Create(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Made by an earlier start; what is in it counts.
        }

        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~OwnerOnly) != UnixFileMode.None)
            throw new DaemonStartException($"The control token {path} can be read by others: chmod 600 it, or delete it to get a new one.");
        var secret = File.ReadAllText(path).Trim();
        return secret.Length > 0
            ? new ControlToken(secret)
            : throw new DaemonStartException($"The control token {path} is empty: delete it to get a new one.");
    }

    /// <summary>Whether an <c>Authorization</c> header carries this token. Takes the same time for every wrong one.</summary>
    public bool IsIn(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), _secret);

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)) + "\n"));
    }
}
