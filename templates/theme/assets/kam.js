/* Reading needs none of this: filter chips, sortable heads, wide tables by keyboard. */
(function(){
  document.querySelectorAll(".box.mid").forEach(function(b){b.scrollLeft=(b.scrollWidth-b.clientWidth)/2});   // a tree starts at its middle
  document.querySelectorAll(".md-typeset table:not([class])").forEach(function(t){t.tabIndex=0});   // the theme scrolls these
  // chips: <button data-f="manager=x"> inside .chips[data-for=table-id]; rows carry data-manager="x"; one value per key
  document.querySelectorAll(".chips[data-for]").forEach(function(bar){
    var rows=document.querySelectorAll("#"+bar.dataset.for+" tbody tr"),sum=document.querySelector("#"+bar.dataset.for+" tfoot"),out=bar.querySelector("output"),none=bar.parentNode.querySelector("[data-none]");
    bar.addEventListener("click",function(ev){
      var b=ev.target.closest("button");if(!b)return;
      var k=b.dataset.f.split("=")[0],on=b.getAttribute("aria-pressed")!=="true";
      bar.querySelectorAll("button").forEach(function(x){
        if(b.dataset.f==="all"||x.dataset.f==="all"||x.dataset.f.split("=")[0]===k)x.setAttribute("aria-pressed","false")});
      b.setAttribute("aria-pressed",String(on||b.dataset.f==="all"));
      var want=[].map.call(bar.querySelectorAll("button[aria-pressed=true]"),function(x){return x.dataset.f}).filter(function(f){return f!=="all"});
      if(!want.length)bar.querySelector("[data-f=all]").setAttribute("aria-pressed","true");
      var n=0;rows.forEach(function(r){
        var ok=want.every(function(f){var p=f.split("=");return (r.dataset[p[0]]||"").split(" ").indexOf(p[1])>=0});
        r.hidden=!ok;if(ok)n++});
      if(out)out.textContent=n+" / "+rows.length;
      if(none)none.hidden=n>0;
      if(sum)sum.hidden=n<rows.length;   // it adds up all rows
    })});
  // sortable heads: <th data-sort>; cells may carry data-v
  document.querySelectorAll("th[data-sort] button").forEach(function(b){b.addEventListener("click",function(){
    var th=b.closest("th"),tb=th.closest("table").tBodies[0],i=th.cellIndex,up=th.getAttribute("aria-sort")!=="ascending";
    th.parentNode.querySelectorAll("th").forEach(function(x){x.removeAttribute("aria-sort")});
    th.setAttribute("aria-sort",up?"ascending":"descending");
    var val=function(r){var c=r.cells[i],v=c.dataset.v||c.textContent;return isNaN(v)?v:+v};
    [].slice.call(tb.rows).sort(function(a,c){a=val(a);c=val(c);return (a>c?1:a<c?-1:0)*(up?1:-1)}).forEach(function(r){tb.appendChild(r)});
  })});
})();
