using AeVae.Runner.Execution;

namespace AeVae.Tests.Runner;

public sealed class ProcessorsTests
{
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData(" 0-3,8\n", new[] { 0, 1, 2, 3, 8 })]
    [InlineData("5,7-8", new[] { 5, 7, 8 })]
    public void TheListOfLinuxNamesEachProcessor(string list, int[] expected) => Assert.Equal(expected, Processors.Numbers(list));

    [Fact]
    public void ThereIsACoreAndNoMoreThanProcessors() => Assert.InRange(Processors.PhysicalCores, 1, Environment.ProcessorCount);
}
