from tests.access.routes import routes, address
from tests.access import declarations as d
from tests.access.roles import ROLES
from tests.access.conftest import *
from django.db import transaction
AB={r:r[:4] if 'another p' not in r else 'NEIG' if 'prod' in r else 'oMAN' if 'man' in r else 'oLEA' for r in ROLES}
def args_for(route, w):
    o=dict(project=d.project)
    base=route.split(":")[-1]
    if route in ("deliverable",) or "deliverable" in route or "prepare_doc" in route: return d.deliverable(w)
    if route=="task" or base in("claim","release","reassign"): return d.task(w)
    if base=="person_end": return {"pk":w.producer.pk,"member_pk":w.producer.members.get().pk}
    if base in("survey","withdraw"): return {"code":w.project.code,"pk":w.enrolment.pk}
    if base=="session": return {"code":w.project.code,"pk":w.session.pk}
    if base=="reach": return {"code":w.project.code,"pk":w.milestone.pk}
    if base=="programme": return {"code":w.project.line.plan.programme.code}
    if base=="plan": return {"pk":w.project.line.plan_id}
    if base=="create": return {"pk":w.project.line_id}
    if base in("product_new","add_place"): return {"producer_pk":w.producer.pk}
    if base=="open_lot": return {"product_pk":w.product.pk}
    if base in ("confirm","correct"): return d.event(w)
    if route in ("lots:lot","stamps:lot","lots:record"): return d.lot(w)
    if base in("print_sheet","sheet","activate"): return d.batch(w)
    if base=="order": return {"pk":w.order.pk}
    if base in("scan","scan_own"): return d.stamp(w)
    if base.startswith("public_"): return d.public_code(w)
    if route.startswith("registry:product"): return d.producer(w) if route.startswith("registry:producer") else d.product(w)
    if route in("registry:place_new","registry:person_new"): return d.producer(w)
    if route in("registry:recognition_new",): return d.product(w)
    return d.project(w)
import logging; logging.disable(logging.CRITICAL)
OUT=open('/tmp/txng/var-ground/probe.txt','w')
def test_probe(provinces):
    from django.urls import NoReverseMatch
    for route in routes():
        if route.startswith("^") or route=="resolve": continue
        try: url=address(route,{})
        except NoReverseMatch:
            try: url=address(route,args_for(route,provinces.own))
            except NoReverseMatch as e: print("??",route,e); continue
        line=[]
        for role in ROLES:
            st=[]
            for m in("get","post"):
                with transaction.atomic():
                    r=getattr(provinces.clients[role],m)(url)
                    st.append(str(r.status_code)); r.getvalue() if r.streaming else None; r.close()
                    transaction.set_rollback(True)
            line.append(f"{AB[role]}:{'/'.join(st)}")
        print(file=OUT,flush=True,*[route.ljust(28),url[:40].ljust(40)," ".join(line)])
