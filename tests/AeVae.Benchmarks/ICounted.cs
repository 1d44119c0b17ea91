using BenchmarkDotNet.Parameters;

namespace AeVae.Benchmarks;

/// <summary>Benchmarks whose floating-point operations can be counted. They have a parameter Threads; without a parameter Path they use the machine's best.</summary>
public interface ICounted
{
    /// <summary>Floating-point operations of one invocation, by the formula: zeros count like other numbers.</summary>
    static abstract double Operations(ParameterInstances parameters);
}
