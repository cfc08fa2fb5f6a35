using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Tests.Ids;

public class IdSourceTests
{
    [Fact]
    public void an_id_has_20_lower_case_letters_and_digits()
    {
        foreach (IIdSource source in (IIdSource[])[new CryptoIdSource(), new RandomIdSource(new Random(1))])
            Assert.All(Enumerable.Range(0, 200).Select(_ => source.Next()), id => Assert.Matches("^[a-z0-9]{20}$", id));
    }

    [Fact]
    public async Task nobody_gets_the_same_id_twice()
    {
        foreach (IIdSource source in (IIdSource[])[new CryptoIdSource(), new RandomIdSource(new Random(1))])
        {
            string[][] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 2000).Select(_ => source.Next()).ToArray())));
            Assert.Equal(16_000, ids.SelectMany(id => id).Distinct().Count());
        }
    }

    [Fact]
    public void a_seed_gives_the_same_ids_again() =>
        Assert.Equal(
            Enumerable.Range(0, 10).Select(_ => new RandomIdSource(new Random(5)).Next()),
            Enumerable.Range(0, 10).Select(_ => new RandomIdSource(new Random(5)).Next()));
}
