using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Tests.Daemon.Service;

/// <summary>A user's home and a <c>PATH</c> of its own, with programs that write down how they were called.</summary>
internal sealed class SystemBed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("donmai-service-").FullName;

    public SystemBed()
    {
        Home = Directory.CreateDirectory(In("home")).FullName;
        Bin = Directory.CreateDirectory(In("bin")).FullName;
        Environment = new(StringComparer.Ordinal) { ["PATH"] = Bin, ["CALLS"] = In("calls") };
        Account = new ServiceAccount("anna", Home, 501);
    }

    public string Home { get; }

    public string Bin { get; }

    public Dictionary<string, string> Environment { get; }

    public ServiceAccount Account { get; }

    public ServicePrograms Programs => new(Environment);

    /// <summary>The calls so far, each on one line.</summary>
    public string[] Calls => File.Exists(In("calls")) ? File.ReadAllLines(In("calls")) : [];

    public string In(string name) => Path.Combine(_root, name);

    /// <summary>Puts a program on the <c>PATH</c> that notes its call, then does what <paramref name="text"/> says.</summary>
    public void Program(string name, string text = "")
    {
        var path = Path.Combine(Bin, name);
        ProgramOnDisk.Write(path, $"#!/bin/sh\necho \"{name} $*\" >> \"$CALLS\"\n{text}\n");
    }

    /// <summary>A service of this user that runs <paramref name="program"/>.</summary>
    public ServiceDefinition Definition(ServiceScope scope = ServiceScope.User, string program = "/opt/donmai/bin/donmai") =>
        new() { Scope = scope, Account = Account, Program = new HostProgram([program]) };

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
