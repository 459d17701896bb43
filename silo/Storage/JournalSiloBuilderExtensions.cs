using Donmai.Core.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Donmai.Silo.Storage;

/// <summary>Registers the grain storage provider <c>journal</c>.</summary>
public static class JournalSiloBuilderExtensions
{
    /// <summary>The name under which the engine looks for the provider of states that name none.</summary>
    private const string DefaultName = "Default";

    private const long LeastLength = 4 * 1024;

    /// <summary>Keeps the states that name no provider in a journal.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets at least <see cref="JournalGrainStorageOptions.Directory"/>.</param>
    public static ISiloBuilder AddJournalGrainStorageAsDefault(this ISiloBuilder builder, Action<JournalGrainStorageOptions> configure) =>
        builder.AddJournalGrainStorage(DefaultName, configure);

    /// <summary>Keeps the states that name the provider <paramref name="name"/> in a journal.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">Name of the provider.</param>
    /// <param name="configure">Sets at least <see cref="JournalGrainStorageOptions.Directory"/>.</param>
    public static ISiloBuilder AddJournalGrainStorage(
        this ISiloBuilder builder, string name, Action<JournalGrainStorageOptions> configure)
    {
        var services = builder.Services;
        services.AddOptions<JournalGrainStorageOptions>(name)
            .Configure(configure)
            .Validate(options => Path.IsPathRooted(options.Directory), "The journal needs an absolute directory (Directory).")
            .Validate(
                options => Math.Min(options.SegmentLength, options.GarbageLength) >= LeastLength,
                "The journal's SegmentLength and GarbageLength are at least 4096 bytes.");
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => Open(provider, name));
        if (name == DefaultName)
            services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(DefaultName));
        services.AddSingleton<IHostedService>(provider => new JournalOpening(provider, name));
        return builder;
    }

    private static JournalGrainStorage Open(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<JournalGrainStorageOptions>>().Get(name);
        var journal = Journal.Open(
            new JournalOptions
            {
                Directory = options.Directory,
                SegmentLength = options.SegmentLength,
                GarbageLength = options.GarbageLength,
            },
            new JournalDisk(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Journal).FullName!),
            services.GetService<DaemonMeter>() is { } meter ? new JournalMetrics(meter) : null);
        return new JournalGrainStorage(journal, new StateJson(options.TypeInfoResolvers));
    }
}
