using System.Reflection;

namespace Donmai.House.Tests.Serialization;

/// <summary>The serialization discipline of the house (packages.md §3).</summary>
public sealed class What_crosses_a_grain_boundary_can_be_carried
{
    private static readonly Assembly Interfaces = Assembly.Load("Donmai.GrainInterfaces");
    private static readonly Assembly Grains = Assembly.Load("Donmai.Grains");

    [Fact]
    public void Every_type_of_every_grain_interface_follows_the_discipline()
    {
        var walk = new BoundaryWalk(IsOurs);
        foreach (var grain in GrainInterfaces())
        {
            walk.Interface(grain);
        }

        walk.Violations.ShouldBeEmpty();
        walk.Seen.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_state_that_is_stored_follows_the_discipline()
    {
        var walk = new BoundaryWalk(IsOurs);
        foreach (var parameter in Grains.GetTypes().SelectMany(type => type.GetConstructors()).SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute))))
        {
            walk.Value(parameter.ParameterType.GetGenericArguments()[0], $"{parameter.Member.DeclaringType!.Name}({parameter.Name})");
        }

        walk.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void Every_exception_of_the_contract_follows_the_discipline()
    {
        var walk = new BoundaryWalk(IsOurs);
        foreach (var exception in Interfaces.GetTypes().Where(type => type.IsAssignableTo(typeof(Exception))))
        {
            walk.Value(exception, exception.Name);
        }

        walk.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void There_are_grain_interfaces_to_walk() => GrainInterfaces().ShouldNotBeEmpty();

    private static IEnumerable<Type> GrainInterfaces() =>
        Interfaces.GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)));

    private static bool IsOurs(Type type) => type.Assembly == Interfaces || type.Assembly == Grains;
}
