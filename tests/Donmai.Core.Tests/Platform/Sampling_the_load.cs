using Donmai.Core.Platform;

namespace Donmai.Core.Tests.Platform;

public sealed class Sampling_the_load : IDisposable
{
    private readonly DirectoryInfo _proc = Directory.CreateTempSubdirectory("donmai-proc-");

    [Fact]
    public void Use_is_that_of_the_time_since_the_last_look()
    {
        Write("meminfo", "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    250 kB\n");
        var load = new ProcLoad(_proc.FullName);

        Write("stat", "cpu  100 0 100 700 100 0 0\ncpu0 1 2 3\n");
        load.Use()!.Cpu.ShouldBe(20);
        Write("stat", "cpu  150 0 150 700 100 0 0\n");
        var second = load.Use()!;

        (second.Cpu, second.Memory).ShouldBe((100, 75));
        load.Use()!.Cpu.ShouldBe(0, "no time has passed");
    }

    [Fact]
    public void Averages_are_the_systems()
    {
        Write("loadavg", "0.52 1.50 12.00 3/700 4242\n");

        var averages = new ProcLoad(_proc.FullName).Averages()!;

        (averages.One, averages.Five, averages.Fifteen).ShouldBe((0.52, 1.5, 12));
    }

    [Fact]
    public void What_the_system_does_not_tell_is_left_out()
    {
        var load = new ProcLoad(_proc.FullName);
        load.Use().ShouldBeNull();
        load.Averages().ShouldBeNull();

        foreach (var name in (string[])["stat", "meminfo", "loadavg"])
            Write(name, "nonsense\n");
        load.Use().ShouldBeNull();
        load.Averages().ShouldBeNull();
    }

    public void Dispose() => _proc.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_proc.FullName, name), text);
}
